package console

// ServicesText is the file of services.
var ServicesText = services
