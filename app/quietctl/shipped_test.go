package main

import (
	"quietline/assets"
	"quietline/internal/domain"
	"quietline/internal/numbers"
	"quietline/internal/registry"
)

// shippedRegistry is what a check uses where there is no workspace.
func shippedRegistry() (*numbers.Checker, domain.RegistryInfo, error) {
	snap, err := registry.Load(assets.Registry())
	if err != nil {
		return nil, domain.RegistryInfo{}, err
	}
	return numbers.New(numbers.Params{Registry: snap}), snap.Info(), nil
}
