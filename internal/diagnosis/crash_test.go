package diagnosis_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/diagnosis"
)

// traceback is what the runtime writes, with what a panic may say and be given.
const traceback = `panic: no call of 王桂芳 from 13800138777
	/home/wangguifang/calls.xml [recovered, repanicked]
panic: runtime error: slice bounds out of range [:13800138777] with capacity 4

[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x13800138777]

goroutine 34 gp=0xc000102380 m=0 mp=0x1 [running, locked to thread]:
panic({0x1234567?, 0x13800138777?})
	/home/wangguifang/go/src/runtime/panic.go:792 +0x132
quietline/internal/ui/calls.(*Model).Read(0xc000012345, {0xc0000, 0x13800138777})
	/home/wangguifang/src/internal/ui/calls/model.go:210 +0x1d
quietline/internal/ui/kit.Run[...].func1()
	quietline/internal/ui/kit/job.go:170 +0x8f
main.main.func1.2({...})
	C:/Users/王桂芳/main.go:12
fyne.io/fyne/v2/internal/driver/glfw.(*gLDriver).runGL(0x1)
	fyne.io/fyne/v2@v2.8.1/internal/driver/glfw/loop.go:139
some words of a stranger 13800138777
created by quietline/internal/ui/kit.Go in goroutine 1
	C:\Users\王桂芳\job.go:41 +0x2c

goroutine 1 [chan receive, 3 minutes]:
time.Sleep(0x13800138777)
rax    0x13800138777
exit status 2
`

func TestStackKeepsNamesOfFunctionsAlone(t *testing.T) {
	want := `panic
panic: runtime error: slice bounds out of range
signal SIGSEGV
goroutine [running]
panic
	panic.go:792
quietline/internal/ui/calls.(*Model).Read
	model.go:210
quietline/internal/ui/kit.Run[...].func1
	job.go:170
main.main.func1.2
	main.go:12
fyne.io/fyne/v2/internal/driver/glfw.(*gLDriver).runGL
	loop.go:139
created by quietline/internal/ui/kit.Go
	job.go:41
goroutine [chan receive]
time.Sleep
`
	if diff := cmp.Diff(want, diagnosis.Stack([]byte(traceback))); diff != "" {
		t.Error(diff)
	}
}

func TestStackOfWhatIsNone(t *testing.T) {
	for _, raw := range []string{"", "王桂芳 13800138777", "a(b)\nc.d(13800138777)\n", strings.Repeat("x", 1<<17)} {
		if got := diagnosis.Stack([]byte(raw)); got != "" {
			t.Errorf("%.20q: %q", raw, got)
		}
	}
	for _, line := range []string{"fatal error: concurrent map writes", "fatal error: all goroutines are asleep - deadlock!"} {
		if got := diagnosis.Stack([]byte(line + "\n")); got != line+"\n" {
			t.Errorf("%q: %q", line, got)
		}
	}
}

func TestStackOfASignal(t *testing.T) {
	raw := "SIGABRT: abort\nPC=0x4a m=0 sigcode=0\n\ngoroutine 0 gp=0x1 m=0 mp=0x2 [idle]:\nruntime.futex()\n\t/home/x/sys.s:1 +0x1\n"
	if got := diagnosis.Stack([]byte(raw)); got != "signal SIGABRT\ngoroutine [idle]\nruntime.futex\n\tsys.s:1\n" {
		t.Errorf("%q", got)
	}
}

func FuzzStack(f *testing.F) {
	f.Add([]byte(traceback))
	f.Add([]byte("goroutine 0 [A\n0()\n\t\xb3.go:0"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		for _, r := range diagnosis.Stack(raw) {
			if r > 0x7f {
				t.Fatalf("%q lets %q through", raw, r)
			}
		}
	})
}
