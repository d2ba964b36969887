package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"

	"github.com/rogpeppe/go-internal/testscript"
)

// civic is a civic server that speaks GeoReport v2 as far as a script needs it.
type civic struct {
	mu sync.Mutex
	// kind is the type of its service NOISE; key is what it wants as api_key.
	kind, key string
	// faults is what it does with the next complaints: drop (takes it, then cuts
	// the connection), 500 (takes it, then reports a fault), 503 (turns it away).
	faults []string
	posts  []url.Values
	// taken is called for each complaint that was taken, before it is answered; nil
	// for nobody.
	taken func(n int)
}

// open311 KIND [FAULT...]: starts a civic server for the length of the script and
// puts its address into $URL. It wants the api_key "city-key".
func open311(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: open311 KIND [FAULT...]")
	}
	c := &civic{kind: args[0], key: "city-key", faults: args[1:]}
	s := httptest.NewServer(c.handler())
	ts.Setenv("URL", s.URL+"/v2")
	ts.Defer(s.Close)
}

func (c *civic) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /v2/services.json", c.services)
	mux.HandleFunc("GET /v2/services/NOISE.json", c.definition)
	mux.HandleFunc("POST /v2/requests.json", c.post)
	mux.HandleFunc("GET /v2/tokens/{file}", c.token)
	mux.HandleFunc("GET /v2/posted", func(w http.ResponseWriter, _ *http.Request) {
		c.mu.Lock()
		defer c.mu.Unlock()
		for _, form := range c.posts {
			fmt.Fprintf(w, "%s\n", form.Encode())
		}
	})
	return mux
}

// posted N: fails unless the server at $URL took that many complaints, and prints
// them.
func posted(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: posted N")
	}
	resp, err := http.Get(ts.Getenv("URL") + "/posted")
	ts.Check(err)
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	ts.Check(err)
	plain, err := url.QueryUnescape(string(text))
	ts.Check(err)
	_, _ = io.WriteString(ts.Stdout(), plain)
	if n := strings.Count(string(text), "\n"); strconv.Itoa(n) != args[0] {
		ts.Fatalf("the server has %d complaints, want %s", n, args[0])
	}
}

func answer(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body)
}

func (c *civic) services(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, `[{"service_code":"POTHOLE","service_name":"Potholes","metadata":false,"type":"realtime"},
		{"service_code":"NOISE","service_name":"Nuisance calls","metadata":true,"type":"`+c.kind+`"}]`)
}

func (c *civic) definition(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, `{"service_code":"NOISE","attributes":[
		{"variable":true,"code":"CALLER","datatype":"string","required":true,"description":"Number that called"},
		{"variable":true,"code":"CALL_TIME","datatype":"datetime","required":true,"description":"When"},
		{"variable":true,"code":"DURATION","datatype":"number","required":true,"description":"Seconds"},
		{"variable":true,"code":"CATEGORY","datatype":"singlevaluelist","required":true,"description":"Kind",
			"values":[{"key":"LOAN","name":"Loans"},{"key":"FRAUD","name":"Fraud"}]}]}`)
}

func (c *civic) post(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := r.ParseForm(); err != nil || r.PostForm.Get("api_key") != c.key {
		answer(w, http.StatusForbidden, `[{"code":403,"description":"Missing or invalid api_key."}]`)
		return
	}
	if r.PostForm.Get("attribute[CALLER]") == "95013999" {
		answer(w, http.StatusBadRequest, `[{"code":400,"description":"This number is not handled here."}]`)
		return
	}
	fault := ""
	if len(c.faults) > 0 {
		fault, c.faults = c.faults[0], c.faults[1:]
	}
	if fault == "503" {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	c.posts = append(c.posts, r.PostForm)
	n := strconv.Itoa(len(c.posts))
	if c.taken != nil {
		c.taken(len(c.posts))
	}
	switch {
	case fault == "drop":
		panic(http.ErrAbortHandler)
	case fault == "500":
		w.WriteHeader(http.StatusInternalServerError)
	case c.kind == "batch":
		answer(w, http.StatusOK, `[{"token":"t`+n+`"}]`)
	case c.kind == "blackbox":
		answer(w, http.StatusOK, `[{"service_notice":"Thank you."}]`)
	default:
		answer(w, http.StatusCreated, `[{"service_request_id":`+n+`000,"service_notice":"A person will look at it."}]`)
	}
}

func (c *civic) token(w http.ResponseWriter, r *http.Request) {
	token := strings.TrimSuffix(r.PathValue("file"), ".json")
	answer(w, http.StatusOK, `[{"service_request_id":"B-`+token+`","token":"`+token+`"}]`)
}
