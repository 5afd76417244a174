using System.Text.Json.Nodes;

namespace Evergreen.Web.Tests.Api;

/// <summary>The watch over breaking changes sees each kind of them, and lets additions pass.</summary>
public sealed class ApiChangesTests
{
    private const string Before = """
        { "paths": { "/t": { "post": { "x-scope": "t.write", "parameters": [ { "name": "limit", "in": "query" } ],
          "requestBody": { "content": { "application/json": { "schema": { "type": "object", "required": [ "a" ], "properties": { "a": { "type": "string" }, "b": { "type": ["null", "string"] } } } } } },
          "responses": { "200": { "content": { "application/json": { "schema": { "type": "object", "required": [ "x" ], "properties": { "x": { "type": "string" }, "y": { "type": "array", "items": { "type": "integer", "format": "int32" } } } } } } },
                         "409": { "x-codes": [ "t-differs" ] } } } } } }
        """;

    [TestCase("\"post\":", "\"put\":", "post /t is gone")]
    [TestCase("\"x-scope\": \"t.write\"", "\"x-scope\": \"t.all\"", "another scope")]
    [TestCase("\"name\": \"limit\"", "\"name\": \"most\"", "limit is gone")]
    [TestCase("\"in\": \"query\"", "\"in\": \"query\", \"required\": true", "limit must now be sent")]
    [TestCase("\"required\": [ \"a\" ]", "\"required\": [ \"a\", \"b\" ]", "b must now be sent")]
    [TestCase("\"type\": [\"null\", \"string\"]", "\"type\": \"string\"", "may not be null any more")]
    [TestCase("\"a\": { \"type\": \"string\" }", "\"a\": { \"type\": \"string\", \"pattern\": \"^x$\" }", "must now be ^x$")]
    [TestCase("\"b\": {", "\"c\": {", "b is not taken any more")]
    [TestCase("\"required\": [ \"x\" ]", "\"required\": [ ]", "x may now be missing")]
    [TestCase("\"y\": {", "\"z\": {", "y is gone")]
    [TestCase("\"type\": \"integer\"", "\"type\": \"string\"", "may now be string")]
    [TestCase("\"200\":", "\"201\":", "does not answer 200")]
    [TestCase("\"t-differs\"", "\"t-other\"", "the problem t-differs is gone")]
    public void AChangeThatBreaksIsSeen(string from, string to, string said)
    {
        var changed = ApiChanges.Breaking(JsonNode.Parse(Before)!.AsObject(), JsonNode.Parse(Before.Replace(from, to, StringComparison.Ordinal))!.AsObject());
        Assert.That(changed, Has.Some.Contain(said));
    }

    [TestCase("\"b\": {", "\"d\": { \"type\": \"string\" }, \"b\": {")]
    [TestCase("\"y\": {", "\"d\": { \"type\": \"string\" }, \"y\": {")]
    [TestCase("[ \"t-differs\" ]", "[ \"t-differs\", \"t-other\" ]")]
    [TestCase("\"parameters\": [", "\"parameters\": [ { \"name\": \"after\", \"in\": \"query\" },")]
    public void AnAdditionPasses(string from, string to) =>
        Assert.That(ApiChanges.Breaking(JsonNode.Parse(Before)!.AsObject(), JsonNode.Parse(Before.Replace(from, to, StringComparison.Ordinal))!.AsObject()), Is.Empty);
}
