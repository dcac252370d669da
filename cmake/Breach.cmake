# ctest runs this: a file that goes past a door must not compile.
# cmake -DCC=... -DDOORS=build/doors -DSOURCE=... -DROOM=... -P Breach.cmake
file(MAKE_DIRECTORY ${WORK})
file(WRITE ${WORK}/breach.c "#include \"${HEADER}\"\nint breach;\n")
set(includes "")
foreach(room ${ROOMS})
	list(APPEND includes -I${DOORS}/${room})
endforeach()
execute_process(COMMAND ${CC} -std=c11 -D_GNU_SOURCE ${includes}
	-fsyntax-only ${WORK}/breach.c RESULT_VARIABLE result ERROR_VARIABLE err)
if(EXPECT STREQUAL "fail" AND result EQUAL 0)
	message(FATAL_ERROR "${HEADER} compiles where only ${ROOMS} may be entered")
elseif(EXPECT STREQUAL "pass" AND NOT result EQUAL 0)
	message(FATAL_ERROR "${HEADER} does not compile: ${err}")
endif()
