using Evergreen.Web;

return Site.Run(args);
