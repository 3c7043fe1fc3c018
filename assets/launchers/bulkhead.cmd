@rem The command line of Bulkhead, run by the Node that is on the PATH (20.18 or newer).
@node "%~dp0resources\cli\bulkhead.js" %*
