package intake

import "net/http"

// Watch puts a transport around the client's own.
func (e *Endpoint) Watch(wrap func(http.RoundTripper) http.RoundTripper) {
	c := e.client.GetClient()
	c.Transport = wrap(c.Transport)
}
