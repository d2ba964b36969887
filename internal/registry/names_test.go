package registry_test

import (
	"slices"
	"testing"

	"quietline/internal/registry"
)

func TestNames(t *testing.T) {
	names := []string{"王医生", "吕阿姨", "Anne Wang", "", "小李 2"}
	n := registry.NewNames(names)
	for query, want := range map[string][]int{
		"王": {0}, "医生": {0}, "wys": {0}, "wangyi": {0}, "yisheng": {0}, "WANG": {0, 2},
		"anne w": {2}, "lv": {1}, "lu a": {1}, "xl2": {4}, "lili": nil, "": nil, " ": nil, "·": nil,
	} {
		found := n.Search(query)
		var got []int
		for i := range names {
			if found(i) {
				got = append(got, i)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q finds %v, want %v", query, got, want)
		}
	}
}

func TestNamesInOrder(t *testing.T) {
	want := []string{"10000", "阿姨", "Anna", "anne", "李四", "李五", "李武", "理查", "绿叶", "社区医院", "张三", "Zoe", ""}
	names := slices.Clone(want)
	slices.Reverse(names)
	n := registry.NewNames(names)
	order := make([]int, len(names))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, n.Compare)
	var got []string
	for _, i := range order {
		got = append(got, names[i])
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}
