# dl_room(NAME LINKS room... LIBS imported-target...)
#
# A room is a static library whose only public header is its door,
# NAME/NAME.h.  The door is put alone into doors/NAME/ of the build tree, so
# that `#include "NAME/other.h"` does not compile outside the room, and
# `#include "NAME/NAME.h"` does not compile in a room that does not link it.
function(dl_room name)
	cmake_parse_arguments(ARG "" "" "SOURCES;LINKS;LIBS" ${ARGN})
	set(door ${PROJECT_BINARY_DIR}/doors/${name}/${name}/${name}.h)
	file(CONFIGURE OUTPUT ${door}
		CONTENT "#include \"${PROJECT_SOURCE_DIR}/${name}/${name}.h\"\n")
	add_library(${name} STATIC ${ARG_SOURCES})
	target_include_directories(${name}
		INTERFACE ${PROJECT_BINARY_DIR}/doors/${name}
		PRIVATE ${PROJECT_BINARY_DIR}/doors/${name})
	target_link_libraries(${name} PRIVATE dl_flags ${ARG_LINKS} ${ARG_LIBS})
	# A door may show another room's door: its users need that one too.
	foreach(link ${ARG_LINKS})
		target_include_directories(${name} INTERFACE
			$<TARGET_PROPERTY:${link},INTERFACE_INCLUDE_DIRECTORIES>)
	endforeach()
endfunction()
