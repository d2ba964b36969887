// Package registrar holds the use cases on the registry: look into it, search
// it, correct it for oneself, and bring it up to date. It knows its adapters
// only through the ports below.
package registrar
