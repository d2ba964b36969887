package watcher

const openFlags = 0
