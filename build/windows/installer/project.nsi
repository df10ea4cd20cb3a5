Unicode true

# The Windows installer, for the user who runs it: no administrator, nothing
# outside that user's own folders. wails_tools.nsh is written by the build from
# wails.json and brings the names, the program and WebView2's installer.
!include "wails_tools.nsh"
!include "MUI2.nsh"

Name "${INFO_PRODUCTNAME}"
OutFile "..\..\bin\${INFO_PROJECTNAME}-${ARCH}-installer.exe"
InstallDir "$LOCALAPPDATA\Programs\${INFO_PRODUCTNAME}"
ManifestDPIAware true

VIProductVersion "${INFO_PRODUCTVERSION}.0"
VIFileVersion "${INFO_PRODUCTVERSION}.0"
VIAddVersionKey "ProductName" "${INFO_PRODUCTNAME}"
VIAddVersionKey "ProductVersion" "${INFO_PRODUCTVERSION}"
VIAddVersionKey "FileDescription" "${INFO_PRODUCTNAME} installer"
VIAddVersionKey "FileVersion" "${INFO_PRODUCTVERSION}"
VIAddVersionKey "CompanyName" "${INFO_COMPANYNAME}"
VIAddVersionKey "LegalCopyright" "${INFO_COPYRIGHT}"

!define MUI_ICON "..\icon.ico"
!define MUI_UNICON "..\icon.ico"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PRODUCT_EXECUTABLE}"

!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "SimpChinese"
!insertmacro MUI_LANGUAGE "Russian"

LangString running ${LANG_ENGLISH} "Hashmend is running. Please close it first."
LangString running ${LANG_SIMPCHINESE} "Hashmend 正在运行，请先关闭。"
LangString running ${LANG_RUSSIAN} "Hashmend запущен. Сначала закройте его."

Function .onInit
  !insertmacro wails.checkArchitecture
FunctionEnd

# A running program's file cannot be opened for writing.
!macro refuseWhileRunning
  ${If} ${FileExists} "$INSTDIR\${PRODUCT_EXECUTABLE}"
    ClearErrors
    FileOpen $0 "$INSTDIR\${PRODUCT_EXECUTABLE}" a
    ${If} ${Errors}
      MessageBox MB_OK|MB_ICONEXCLAMATION "$(running)" /SD IDOK
      Abort "$(running)"
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend

Section
  !insertmacro wails.setShellContext
  !insertmacro refuseWhileRunning
  !insertmacro wails.webview2runtime
  SetOutPath $INSTDIR
  !insertmacro wails.files
  CreateShortcut "$SMPROGRAMS\${INFO_PRODUCTNAME}.lnk" "$INSTDIR\${PRODUCT_EXECUTABLE}"
  CreateShortcut "$DESKTOP\${INFO_PRODUCTNAME}.lnk" "$INSTDIR\${PRODUCT_EXECUTABLE}"
  !insertmacro wails.associateFiles
  !insertmacro wails.associateCustomProtocols
  !insertmacro wails.writeUninstaller
SectionEnd

# The data folder stays: drafts live nowhere else.
Section "uninstall"
  !insertmacro wails.setShellContext
  !insertmacro refuseWhileRunning
  Delete "$SMPROGRAMS\${INFO_PRODUCTNAME}.lnk"
  Delete "$DESKTOP\${INFO_PRODUCTNAME}.lnk"
  Delete "$INSTDIR\${PRODUCT_EXECUTABLE}"
  RMDir /r "$APPDATA\${PRODUCT_EXECUTABLE}" ; WebView2's cache
  !insertmacro wails.unassociateFiles
  !insertmacro wails.unassociateCustomProtocols
  !insertmacro wails.deleteUninstaller
  RMDir $INSTDIR
SectionEnd
