package feed_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/feed"
	"quietline/internal/feed/feedtest"
)

func TestFetchSaysWhatTheServerAnswered(t *testing.T) {
	key := feedtest.NewKey(t)
	list := key.Publish(t, tables())
	for _, tc := range []struct {
		status int
		kind   domain.Kind
		want   string
	}{
		{404, domain.NotFound, "registry.feed_not_found"},
		{410, domain.NotFound, "registry.feed_not_found"},
		{401, domain.Denied, "registry.feed_forbidden"},
		{403, domain.Denied, "registry.feed_forbidden"},
		{429, domain.Unavailable, "registry.feed_server"},
		{500, domain.Unavailable, "registry.feed_server"},
		{503, domain.Unavailable, "registry.feed_server"},
		{204, domain.Unavailable, "registry.feed_server"},
		{206, domain.Unavailable, "registry.feed_server"},
		{400, domain.Unavailable, "registry.feed_server"},
	} {
		for _, file := range []string{manifestName, signatureName, codesName, notesName} {
			s := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if strings.HasSuffix(r.URL.Path, "/"+file) {
					w.WriteHeader(tc.status)
					return
				}
				list.ServeHTTP(w, r)
			}))
			_, err := s.fetch(t.Context(), key.Public)
			keyed(t, err, tc.kind, tc.want, domain.Args{"File": file, "Status": tc.status})
		}
	}
}

func TestFetchBreaksOff(t *testing.T) {
	key := feedtest.NewKey(t)
	list := key.Publish(t, tables())
	for _, file := range []string{manifestName, codesName} {
		for name, head := range map[string]string{
			"shorter than announced": "Content-Length: " + strconv.Itoa(len(list[file])) + "\r\n\r\n" + string(list[file][:10]),
			"chunk without an end":   "Transfer-Encoding: chunked\r\n\r\n10\r\n{\"fo",
			"no gzip":                "Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello",
		} {
			t.Run(name+" "+file, func(t *testing.T) {
				s := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					if !strings.HasSuffix(r.URL.Path, "/"+file) {
						list.ServeHTTP(w, r)
						return
					}
					conn, _, err := w.(http.Hijacker).Hijack()
					if err != nil {
						t.Error(err)
						return
					}
					_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\n"+head)
					_ = conn.Close()
				}))
				_, err := s.fetch(t.Context(), key.Public)
				keyed(t, err, domain.Unavailable, "registry.feed_interrupted", domain.Args{"File": file})
			})
		}
	}
}

func TestFetchReachesNobody(t *testing.T) {
	key := feedtest.NewKey(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed := l.Addr().String()
	l.Close()
	_, _, err = feed.New(feed.Params{}).Fetch(t.Context(), "https://"+closed+feedtest.Path, key.Public, "")
	keyed(t, err, domain.Unavailable, "registry.feed_unreachable", domain.Args{"Host": "127.0.0.1"})

	// A proxy that is not there either; the name is never looked up here.
	f := feed.New(feed.Params{Proxy: func(*http.Request) (*url.URL, error) { return url.Parse("http://" + closed) }})
	_, _, err = f.Fetch(t.Context(), "https://lists.example.org"+feedtest.Path, key.Public, "")
	keyed(t, err, domain.Unavailable, "registry.feed_unreachable", domain.Args{"Host": "lists.example.org"})

	// Not HTTP at all.
	s := serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if conn, _, err := w.(http.Hijacker).Hijack(); err == nil {
			_, _ = io.WriteString(conn, "220 https://mail.example.org ready\r\n")
			_ = conn.Close()
		}
	}))
	_, err = s.fetch(t.Context(), key.Public)
	keyed(t, err, domain.Unavailable, "registry.feed_unreachable", domain.Args{"Host": "127.0.0.1"})
}

func TestFetchNeedsATrustedCertificate(t *testing.T) {
	key := feedtest.NewKey(t)
	s := serve(t, key.Publish(t, tables()))
	_, _, err := feed.New(feed.Params{}).Fetch(t.Context(), s.URL+feedtest.Path, key.Public, "")
	keyed(t, err, domain.Unavailable, "registry.feed_tls", domain.Args{"Host": "127.0.0.1"})
	if len(s.asked) != 0 {
		t.Errorf("asked for %v", s.asked)
	}
	// A server without TLS behind an https address.
	plain := httptest.NewServer(http.NotFoundHandler())
	defer plain.Close()
	_, _, err = feed.New(feed.Params{}).Fetch(t.Context(), "https"+strings.TrimPrefix(plain.URL, "http")+feedtest.Path, key.Public, "")
	keyed(t, err, domain.Unavailable, "registry.feed_tls", domain.Args{"Host": "127.0.0.1"})
}

// stalling sends part of the codes and then nothing, until the client is gone.
func stalling(t *testing.T, key feedtest.Key, stalled chan<- struct{}) *server {
	list := key.Publish(t, tables())
	return serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasSuffix(r.URL.Path, "/"+codesName) {
			list.ServeHTTP(w, r)
			return
		}
		_, _ = w.Write(list[codesName][:10])
		w.(http.Flusher).Flush()
		close(stalled)
		<-r.Context().Done()
	}))
}

func TestFetchStops(t *testing.T) {
	key, stalled := feedtest.NewKey(t), make(chan struct{})
	s := stalling(t, key, stalled)
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-stalled
		cancel()
	}()
	_, err := s.fetch(ctx, key.Public)
	keyed(t, err, domain.Cancelled, "cancelled", nil)

	_, err = s.fetch(ctx, key.Public) // before it begins
	keyed(t, err, domain.Cancelled, "cancelled", nil)
}

func TestFetchTakesTooLong(t *testing.T) {
	key, stalled := feedtest.NewKey(t), make(chan struct{})
	s := stalling(t, key, stalled)
	var limit time.Duration
	var released atomic.Bool
	f := s.fetcher(feed.Params{AfterFunc: func(d time.Duration, strike func()) func() bool {
		limit = d
		go func() {
			<-stalled
			strike()
		}()
		return func() bool { released.Store(true); return false }
	}})
	_, _, err := f.Fetch(t.Context(), s.URL+feedtest.Path, key.Public, "")
	keyed(t, err, domain.Unavailable, "registry.feed_timeout", nil)
	if limit != feed.Timeout || !released.Load() {
		t.Errorf("limit %v, timer released %v", limit, released.Load())
	}
}

func TestFetchTakesTheCallersTimeAsTime(t *testing.T) {
	key := feedtest.NewKey(t)
	s := serve(t, key.Publish(t, tables()))
	ctx, cancel := context.WithDeadline(t.Context(), time.Unix(0, 0))
	defer cancel()
	_, err := s.fetch(ctx, key.Public)
	keyed(t, err, domain.Unavailable, "registry.feed_timeout", nil)
}

// TestFetchFollows sends the manifest on, and says where from and where to.
// lists.example.org and its like are reached through a proxy, which answers
// itself, so no test leaves this machine.
func TestFetchFollows(t *testing.T) {
	key := feedtest.NewKey(t)
	list := key.Publish(t, tables())
	target := ""
	var referer atomic.Value
	answer := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if n, ok := strings.CutPrefix(r.URL.Path, "/hop/"); ok {
			left, _ := strconv.Atoi(n)
			if left > 0 {
				http.Redirect(w, r, "/hop/"+strconv.Itoa(left-1), http.StatusFound)
				return
			}
			referer.Store(r.Header.Get("Referer"))
			_, _ = w.Write(list[manifestName])
			return
		}
		if strings.HasSuffix(r.URL.Path, manifestName) && target != "" {
			http.Redirect(w, r, target, http.StatusMovedPermanently)
			return
		}
		list.ServeHTTP(w, r)
	})
	s := serve(t, answer)
	plain := httptest.NewServer(answer)
	defer plain.Close()
	const refused = "registry.feed_redirect"
	for _, tc := range []struct{ name, from, to, want string }{
		{"within a server", s.URL, "/hop/0", ""},
		{"five times", s.URL, "/hop/4", ""},
		{"six times", s.URL, "/hop/5", refused},
		{"in a circle", s.URL, feedtest.Path, refused},
		{"from https to http", s.URL, plain.URL + "/hop/0", refused},
		{"from loopback to loopback", plain.URL, plain.URL + "/hop/0", ""},
		{"from http to https", plain.URL, s.URL + "/hop/0", ""},
		{"from loopback to http elsewhere", plain.URL, "http://lists.example.org/registry.json", refused},
		{"with a password", s.URL, strings.Replace(s.URL, "://", "://a:b@", 1) + "/hop/0", refused},
		{"to a file", s.URL, "file:///etc/passwd", refused},
		{"to another protocol", s.URL, "ftp://lists.example.org/registry.json", refused},
	} {
		t.Run(tc.name, func(t *testing.T) {
			target = tc.to
			referer.Store("")
			_, _, err := s.fetcher(feed.Params{AfterFunc: never}).Fetch(t.Context(), tc.from+feedtest.Path, key.Public, "")
			if tc.want == "" {
				if err != nil || referer.Load() != "" {
					t.Errorf("referer %v, %v", referer.Load(), err)
				}
				return
			}
			keyed(t, err, domain.Unavailable, tc.want, domain.Args{"Host": "127.0.0.1"})
		})
	}
}

// TestFetchIsNotLedToThisMachine has a proxy that stands for the world outside:
// it connects lists.example.org to a server whose certificate is for
// example.com, as httptest's are, so the name is that.
func TestFetchIsNotLedToThisMachine(t *testing.T) {
	key := feedtest.NewKey(t)
	list := key.Publish(t, tables())
	target := ""
	s := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Host == "example.com" && strings.HasSuffix(r.URL.Path, manifestName) && target != "" {
			http.Redirect(w, r, target, http.StatusFound)
			return
		}
		list.ServeHTTP(w, r)
	}))
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodConnect || r.Host != "example.com:443" {
			t.Errorf("the proxy was asked to %s %s", r.Method, r.Host)
			return
		}
		tunnel(t, w, s.Listener.Addr().String())
	}))
	defer proxy.Close()
	f := s.fetcher(feed.Params{Proxy: func(*http.Request) (*url.URL, error) { return url.Parse(proxy.URL) }})
	const address = "https://example.com" + feedtest.Path
	if _, _, err := f.Fetch(t.Context(), address, key.Public, ""); err != nil {
		t.Fatalf("through the proxy: %v", err)
	}
	for _, target = range []string{
		s.URL + feedtest.Path, "https://localhost:1/", "https://LOCALHOST.:1/", "https://[::1]:1/", "https://127.9.9.9/x", "http://127.0.0.1/",
	} {
		_, _, err := f.Fetch(t.Context(), address, key.Public, "")
		keyed(t, err, domain.Unavailable, "registry.feed_redirect", domain.Args{"Host": "example.com"})
	}
}

// tunnel answers CONNECT.
func tunnel(t *testing.T, w http.ResponseWriter, to string) {
	out, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", to)
	if err != nil {
		t.Error(err)
		return
	}
	in, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		t.Error(err)
		return
	}
	_, _ = io.WriteString(in, "HTTP/1.1 200 OK\r\n\r\n")
	go func() {
		_, _ = io.Copy(out, in)
		_ = out.Close()
	}()
	_, _ = io.Copy(in, out)
	_ = in.Close()
}
