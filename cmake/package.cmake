# What `cmake --install` puts where, and the Debian package (./dev package).
include(GNUInstallDirs)

# Debian wants manual pages compressed.
set(testudo_manual ${PROJECT_BINARY_DIR}/testudo.1.gz)
file(ARCHIVE_CREATE OUTPUT ${testudo_manual} PATHS ${PROJECT_SOURCE_DIR}/packaging/testudo.1 FORMAT raw COMPRESSION GZip)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/packaging/testudo.1)

install(TARGETS testudo RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES ${testudo_manual} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES packaging/testudo.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME testudo)
install(FILES packaging/copyright README.md SECURITY.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs DESTINATION ${CMAKE_INSTALL_DOCDIR})
# Analysts read the rules that a finding names; the program itself uses those that are built into it.
install(DIRECTORY rules DESTINATION ${CMAKE_INSTALL_DATADIR}/testudo)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME testudo)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "Testudo contributors <testudo@testudo.example>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "find the traces of mercenary spyware in a phone's backup")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
  "Testudo reads a backup of an iPhone, encrypted or not, and says what it found,
where, why it matters, what it does not prove, and what could not be read.
It compares the phone's records with lists of indicators and applies rules
of its own; a store of indicators reads and writes the formats of public
feeds and of block lists. A check needs no network.")
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS libcurl4)  # loaded when an address is asked for, so that nothing else names it
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "publicsuffix, ca-certificates")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
include(CPack)
