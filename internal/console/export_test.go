package console

// ServicesText is the file of services.
var ServicesText = services

// Services gives all services, in the order of the file.
func Services() (all []Service) {
	for lines := services; lines != ""; {
		var s Service
		s, lines = next(lines)
		all = append(all, s)
	}
	return all
}
