package domain

// SelfName is what the owner of a workspace is called until they give a name
// (cli.md: "the first person is 本人/self").
const SelfName = "本人"
