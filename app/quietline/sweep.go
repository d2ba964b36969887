package main

// sweep removes files of evidence that no complaint refers to: those of forms
// that a crash closed.
func (d *desktop) sweep() {
	if err := d.space.Filing.SweepEvidence(d.ctx); err != nil && d.ctx.Err() == nil {
		d.log.Warn("sweep of evidence", "err", err)
	}
}
