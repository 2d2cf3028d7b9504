"""The tests: a package, so that they find each other and not some installed package of the same name."""
