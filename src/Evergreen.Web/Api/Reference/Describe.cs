using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Nodes;
using Evergreen.Application.Access.Apps;
using Evergreen.Web.Api.Wire;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Evergreen.Web.Api.Reference;

/// <summary>What is true of the API as a whole.</summary>
internal sealed class DescribeApi : IOpenApiDocumentTransformer
{
    public const string Programs = "program", Members = "member";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Evergreen API", Version = "1.0",
            Description = "For tills, payroll and other programs of a co-op, and for apps that a member lets in. Amounts are texts with a point and two decimals, in the currency that stands beside them. Every call that changes something bears an Idempotency-Key and is done once. What is wrong is said as application/problem+json with a code.",
        };
        // Wherever it is read: no address of any machine belongs into it.
        document.Servers = [new OpenApiServer { Url = "/", Description = "The site that this description comes from." }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [Programs] = new OpenApiSecurityScheme { Type = SecuritySchemeType.OAuth2, Description = "A program of the co-op, with its id and secret.", Flows = new OpenApiOAuthFlows { ClientCredentials = new OpenApiOAuthFlow { TokenUrl = new Uri("/connect/token", UriKind.Relative), Scopes = ScopesOf(AppKind.Program) } } },
            [Members] = new OpenApiSecurityScheme { Type = SecuritySchemeType.OAuth2, Description = "An app that a member lets in.", Flows = new OpenApiOAuthFlows { AuthorizationCode = new OpenApiOAuthFlow { AuthorizationUrl = new Uri("/connect/authorize", UriKind.Relative), TokenUrl = new Uri("/connect/token", UriKind.Relative), RefreshUrl = new Uri("/connect/token", UriKind.Relative), Scopes = ScopesOf(AppKind.ForMembers) } } },
        };
        var paths = new OpenApiPaths();
        foreach (var (path, item) in document.Paths.OrderBy(path => path.Key, StringComparer.Ordinal)) paths.Add(path, item);
        document.Paths = paths;
        document.Tags = document.Tags?.OrderBy(tag => tag.Name, StringComparer.Ordinal).Select(tag => new OpenApiTag { Name = tag.Name, Description = Kinds[tag.Name!] }).ToHashSet();
        return Task.CompletedTask;
    }

    private static readonly FrozenDictionary<string, string> Kinds = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Equity"] = "What each member owns, by lots.", ["Hours"] = "Hours worked, from payroll or a time clock.", ["Members"] = "The register of members.", ["My"] = "What belongs to the member who let the app in.",
        ["Purchases"] = "Purchases and returns, from tills.", ["Runs"] = "Patronage dividends and what they allot to each member.", ["Statements"] = "The members' statements.", ["WhoAmI"] = "Whom the token stands for.",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static Dictionary<string, string> ScopesOf(AppKind kind) => AppScopes.Of(kind).ToDictionary(scope => scope.Name, scope => $"May {scope.Sentence}.", StringComparer.Ordinal);
}

/// <summary>What is true of an operation because of what stands at it: its scope, its key, its problems, its examples.</summary>
internal sealed class DescribeOperation : IOpenApiOperationTransformer
{
    /// <summary>Extensions of the document that our own page and tests read.</summary>
    public const string Scope = "x-scope", Codes = "x-codes";

    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var action = context.Description.ActionDescriptor;
        var metadata = action.EndpointMetadata;
        var keyed = metadata.OfType<KeyedAttribute>().Any();
        var method = context.Description.HttpMethod!;
        operation.OperationId = $"{char.ToLowerInvariant(action.RouteValues["controller"]![0])}{action.RouteValues["controller"]![1..]}{action.RouteValues["action"]}";
        if (metadata.OfType<RequiresScopeAttribute>().LastOrDefault()?.Scope is { } scope)
        {
            var any = scope == RequiresScopeAttribute.Any;
            operation.Security = any ? [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(DescribeApi.Programs, context.Document)] = [] }, new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(DescribeApi.Members, context.Document)] = [] }] : [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(AppScopes.Find(scope)?.Kind == AppKind.ForMembers ? DescribeApi.Members : DescribeApi.Programs, context.Document)] = [scope] }];
            Extend(operation, Scope, JsonValue.Create(any ? "any" : scope));
        }
        operation.Parameters ??= [];
        foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>())
            if (Samples.Parts.TryGetValue(parameter.Name!, out var sample)) parameter.Example = parameter.Schema?.Type?.HasFlag(JsonSchemaType.Integer) == true ? JsonValue.Create(int.Parse(sample, CultureInfo.InvariantCulture)) : JsonValue.Create(sample);
        if (keyed) operation.Parameters.Add(Header("Idempotency-Key", required: true, "Names this call: another key for each call, the same key for the same call sent again. 1 to 128 letters, digits and - _ . : ~ +."));
        else operation.Parameters.Add(Header("If-None-Match", required: false, "The ETag of an answer that is at hand: where nothing has changed, the answer is 304 without a body."));
        if (operation.RequestBody is OpenApiRequestBody { Content: { } content } body)
        {
            body.Required = true;
            // One form alone: what a formatter of the framework could read besides is not read here.
            foreach (var type in content.Keys.Where(type => type != "application/json").ToList()) content.Remove(type);
            content["application/json"].Examples = Samples.Of($"{method} /{context.Description.RelativePath}").ToDictionary(sample => sample.Name, IOpenApiExample (sample) => new OpenApiExample { Value = sample.Body }, StringComparer.Ordinal);
        }
        foreach (var response in operation.Responses!.Values.OfType<OpenApiResponse>()) DescribeGood(response, keyed);
        if (!keyed) operation.Responses["304"] = new OpenApiResponse { Description = "What is at hand is what there is." };
        await AddProblems(operation, context, OperationProblems.Of(metadata, operation.Parameters.Any(parameter => parameter.In == ParameterLocation.Query)), cancellationToken);
    }

    private static void DescribeGood(OpenApiResponse response, bool keyed)
    {
        foreach (var type in response.Content!.Keys.Where(type => type is "text/plain" or "text/json").ToList()) response.Content.Remove(type);
        response.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal);
        if (keyed) response.Headers["Idempotency-Replayed"] = new OpenApiHeader { Description = "true where nothing was done now, because it was done before.", Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
        else response.Headers["ETag"] = new OpenApiHeader { Description = "Names this very answer.", Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
    }

    private static async Task AddProblems(OpenApiOperation operation, OpenApiOperationTransformerContext context, IReadOnlyList<KnownProblem> problems, CancellationToken cancellationToken)
    {
        var document = context.Document!;
        if (document.Components?.Schemas?.ContainsKey(nameof(ProblemBody)) != true) document.AddComponent(nameof(ProblemBody), await context.GetOrCreateSchemaAsync(typeof(ProblemBody), null, cancellationToken));
        foreach (var status in problems.GroupBy(problem => problem.Status))
        {
            var response = new OpenApiResponse
            {
                Description = string.Join("; ", status.Select(problem => $"{problem.Code}: {problem.Title}")),
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { [ProblemBody.ContentType] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(nameof(ProblemBody), document) } },
                Extensions = new Dictionary<string, IOpenApiExtension>(StringComparer.Ordinal) { [Codes] = new JsonNodeExtension(new JsonArray([.. status.Select(problem => (JsonNode)JsonValue.Create(problem.Code))])) },
            };
            if (status.Any(problem => problem.Again && problem.Status != 500 && problem.Status != 422))
                response.Headers = new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal) { ["Retry-After"] = new OpenApiHeader { Description = "Seconds to wait.", Schema = new OpenApiSchema { Type = JsonSchemaType.Integer } } };
            operation.Responses![status.Key.ToString(CultureInfo.InvariantCulture)] = response;
        }
    }

    private static OpenApiParameter Header(string name, bool required, string description) =>
        new() { Name = name, In = ParameterLocation.Header, Required = required, Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String }, Example = Samples.Parts.TryGetValue(name, out var sample) ? JsonValue.Create(sample) : null };

    private static void Extend(OpenApiOperation operation, string name, JsonNode value)
    {
        operation.Extensions ??= new Dictionary<string, IOpenApiExtension>(StringComparer.Ordinal);
        operation.Extensions[name] = new JsonNodeExtension(value);
    }
}

/// <summary>What the kind of a value does not say by itself: an amount is a text of a certain form.</summary>
internal sealed class DescribeSchema : IOpenApiSchemaTransformer
{
    private static readonly HashSet<string> Numbers = new(StringComparer.Ordinal)
    {
        "amount", "hours", "wages", "volume", "balance", "capital", "owed", "netIncome", "allocated", "cash", "dividend", "withheld", "qualified", "nonqualified", "shares", "payable", "retained", "paidIn",
    };

    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonPropertyInfo is { Name: { } name } && schema.Type is { } type && type.HasFlag(JsonSchemaType.String))
        {
            if (Numbers.Contains(name)) schema.Pattern = @"^-?[0-9]+(\.[0-9]{1,2})?$";
            else if (name == "currency") schema.Pattern = "^[A-Z]{3}$";
        }
        // What is null is left out of an answer, so nobody may count on it.
        if (schema.Properties is not null)
            foreach (var property in context.JsonTypeInfo.Properties.Where(property => property.IsGetNullable)) schema.Required?.Remove(property.Name);
        return Task.CompletedTask;
    }
}
