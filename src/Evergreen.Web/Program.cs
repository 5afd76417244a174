using System.Globalization;
using Evergreen.Application.Storage;
using Evergreen.Web.Health;
using Evergreen.Web.Layout;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var builder = WebApplication.CreateBuilder(args);
builder.WebHost.ConfigureKestrel(server => server.AddServerHeader = false);
builder.Services.AddControllers();
builder.Services.AddSingleton(_ => Readiness.Of(builder.Configuration[DatabaseAddress.Variable]));

var site = builder.Build();
site.UseMiddleware<SecurityHeaders>();
site.MapControllers();
site.Run();

/// <summary>Named so that the tests can start the site.</summary>
public partial class Program;
