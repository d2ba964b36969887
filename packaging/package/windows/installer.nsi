; The installer for one user: no administrator, nothing outside the user's own
; folders. It removes what it installed and leaves the data (%LOCALAPPDATA%\Quietline).
;
; Defined by windows.sh: VERSION, NUMBER (four numbers), TREE, ICON, SIZE (KiB), OUT; PRESS to compress.
Unicode true
!include "MUI2.nsh"
!include "x64.nsh"

Name "Quietline"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\Quietline"
RequestExecutionLevel user
!ifdef PRESS
SetCompressor /SOLID lzma
!else
SetCompress off
!endif
SetDateSave off
ManifestDPIAware true
BrandingText "Quietline ${VERSION}"

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Quietline"
!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\quietline.exe"

!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"
!insertmacro MUI_LANGUAGE "English"

LangString Shell ${LANG_ENGLISH} "Quietline command line"
LangString Shell ${LANG_SIMPCHINESE} "静线命令行"
LangString Title ${LANG_ENGLISH} "Quietline"
LangString Title ${LANG_SIMPCHINESE} "静线"
LangString OnlyX64 ${LANG_ENGLISH} "Quietline needs a 64-bit Windows 10 or newer. Nothing was installed."
LangString OnlyX64 ${LANG_SIMPCHINESE} "静线需要 64 位的 Windows 10 或更新的系统，未安装任何内容。"
LangString InUse ${LANG_ENGLISH} "Quietline is open. Please close it, then try again."
LangString InUse ${LANG_SIMPCHINESE} "静线正在运行。请先关闭，然后重试。"

VIProductVersion "${NUMBER}"
VIFileVersion "${NUMBER}"
VIAddVersionKey /LANG=${LANG_ENGLISH} "ProductName" "Quietline"
VIAddVersionKey /LANG=${LANG_ENGLISH} "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=${LANG_ENGLISH} "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=${LANG_ENGLISH} "FileDescription" "Quietline installer"
VIAddVersionKey /LANG=${LANG_ENGLISH} "CompanyName" "The Quietline authors"
VIAddVersionKey /LANG=${LANG_ENGLISH} "LegalCopyright" "2026 The Quietline authors, Apache License 2.0"

; A program that runs cannot be written to.
!macro RefuseWhileOpen UN
Function ${UN}RefuseWhileOpen
  again:
  IfFileExists "$INSTDIR\quietline.exe" 0 free
  ClearErrors
  FileOpen $0 "$INSTDIR\quietline.exe" a
  IfErrors 0 close
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(InUse)" /SD IDCANCEL IDRETRY again
  SetErrorLevel 1
  Abort "$(InUse)"
  close:
  FileClose $0
  free:
FunctionEnd
!macroend
!insertmacro RefuseWhileOpen ""
!insertmacro RefuseWhileOpen "un."

Function .onInit
  ${IfNot} ${RunningX64}
    MessageBox MB_OK|MB_ICONSTOP "$(OnlyX64)" /SD IDOK
    SetErrorLevel 1
    Quit
  ${EndIf}
FunctionEnd

Section
  Call RefuseWhileOpen
  SetOutPath "$INSTDIR"
  File "${TREE}\quietline.exe"
  File "${TREE}\quietctl.exe"
  File "${TREE}\LICENSE.txt"
  File "${TREE}\README.md"
  File "${TREE}\README.zh-CN.md"
  File "${TREE}\THIRD-PARTY-NOTICES.txt"
  File "${TREE}\quietline.cdx.json"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  ; Beside the ones of another language, which an earlier run may have made.
  RMDir /r "$SMPROGRAMS\Quietline"
  CreateDirectory "$SMPROGRAMS\Quietline"
  CreateShortCut "$SMPROGRAMS\Quietline\$(Title).lnk" "$INSTDIR\quietline.exe"
  CreateShortCut "$SMPROGRAMS\Quietline\$(Shell).lnk" "$SYSDIR\cmd.exe" '/k "set PATH=$INSTDIR;%PATH%&&quietctl --help"' "$INSTDIR\quietctl.exe"

  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "$(Title)"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\quietline.exe"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "The Quietline authors"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" ${SIZE}
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
SectionEnd

Section "Uninstall"
  Call un.RefuseWhileOpen
  Delete "$INSTDIR\quietline.exe"
  Delete "$INSTDIR\quietctl.exe"
  Delete "$INSTDIR\LICENSE.txt"
  Delete "$INSTDIR\README.md"
  Delete "$INSTDIR\README.zh-CN.md"
  Delete "$INSTDIR\THIRD-PARTY-NOTICES.txt"
  Delete "$INSTDIR\quietline.cdx.json"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  RMDir /r "$SMPROGRAMS\Quietline"
  DeleteRegKey HKCU "${UNINSTALL}"
SectionEnd
