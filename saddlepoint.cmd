@echo off
rem Saddlepoint on Windows: runs what Maven built here, or what was unpacked here. Needs Java 17 or newer, which a distribution brings.
rem The options of Java are those of the launcher "saddlepoint" beside it, which says what they are for.
setlocal
set "home=%~dp0"
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
if exist "%home%runtime\bin\java.exe" set "java=%home%runtime\bin\java"
rem No block in parentheses here: the folder's name may have some, which would end it.
if exist "%home%app\target\saddlepoint.jar" goto run
echo saddlepoint: not built yet; run mvn -DskipTests package in "%home%" 1>&2
exit /b 1
:run
rem The studio runs beside trainings for days: its heap is small. What it starts has the heap of a training.
set "studio="
if "%~1"=="studio" set "studio= -Xms24m -XX:NewSize=8m -XX:MaxNewSize=48m -XX:-AlwaysPreTouch -XX:MinHeapFreeRatio=15 -XX:MaxHeapFreeRatio=30 -Dsaddlepoint.jobs=-Xms96m,-Xmn48m,-XX:+AlwaysPreTouch"
"%java%" -Djava.awt.headless=true ^
    -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -Dorg.bytedeco.javacpp.maxBytes=0 ^
    -XX:-UsePerfData -XX:+UseSerialGC -Xms96m -Xmn48m -XX:+AlwaysPreTouch -XX:TieredStopAtLevel=1 -Xshare:auto %studio% ^
    -cp "%home%app\target\saddlepoint.jar;%home%app\target\lib\*" org.saddlepoint.cli.Main %*
exit /b %ERRORLEVEL%
