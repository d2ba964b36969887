// Empty: with it the compiler lets larger.go declare a function without a body.
