"""An app that knows nothing of this project, as Bolt's own guide teaches to write one."""
