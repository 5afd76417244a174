using Microsoft.AspNetCore.OpenApi;
using Evergreen.Web.Api.Wire;

namespace Evergreen.Web.Api.Reference;

/// <summary>The description of the API in OpenAPI 3.1, made from the code. The site serves the copy that is checked in; a test holds the two together.</summary>
public static class ApiDescription
{
    public const string Version = "v1";

    public static IServiceCollection AddApiDescription(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json => WireJson.Strict(json.SerializerOptions));
        return services.AddOpenApi(Version, options =>
        {
            options.OpenApiVersion = Microsoft.OpenApi.OpenApiSpecVersion.OpenApi3_1;
            options.ShouldInclude = action => action.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
            options.AddDocumentTransformer<DescribeApi>();
            options.AddOperationTransformer<DescribeOperation>();
            options.AddSchemaTransformer<DescribeSchema>();
        });
    }
}
