package chart

import "strconv"

// Ticks are the numbers of a scale from 0 to at least most: whole numbers in
// even steps, between three and six of them.
func Ticks(most int64) []int64 {
	const steps = 4
	step := int64(1)
	for scale := int64(1); ; scale *= 10 {
		if fit := firstFit(most, scale, steps); fit > 0 {
			step = fit
			break
		}
	}
	out := []int64{0}
	for last := int64(0); last < max(most, 2); {
		last += step
		out = append(out, last)
	}
	return out
}

// firstFit is the smallest round step of a scale that reaches most in so many
// steps, 0 for none.
func firstFit(most, scale int64, steps int64) int64 {
	for _, n := range []int64{1, 2, 5} {
		if scale*n >= (most+steps-1)/steps {
			return scale * n
		}
	}
	return 0
}

// Steps divides 1 to most into at most so many ranges of about the same length:
// each is given by its end.
func Steps(most int64, ranges int) []int64 {
	var out []int64
	for i := range int64(ranges) {
		end := (most*(i+1) + int64(ranges) - 1) / int64(ranges)
		if end > 0 && (len(out) == 0 || end > out[len(out)-1]) {
			out = append(out, end)
		}
	}
	return out
}

func number(format func(int64) string, n int64) string {
	if format != nil {
		return format(n)
	}
	return strconv.FormatInt(n, 10)
}
