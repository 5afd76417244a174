namespace Evergreen.House.Tests.Planted.Street.Storage;

public sealed record Drawer(string Label);

public sealed class KnowsAVerb { public Members.Allowed? Verb { get; set; } }
