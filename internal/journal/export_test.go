package journal

// What goes into one batch and into one transaction.
const (
	BatchSize  = batchSize
	MaxBatches = maxBatches
)
