package main

// description is what a resident might write.
const description = "录音推销贷款，已明确拒绝，仍反复来电。"
