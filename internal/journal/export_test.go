package journal

// BatchSize is how many calls are stored at once.
const BatchSize = batchSize
