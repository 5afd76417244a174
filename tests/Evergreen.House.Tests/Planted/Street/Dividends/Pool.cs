namespace Evergreen.House.Tests.Planted.Street.Dividends;

public sealed class Pool { public int Size { get; set; } }

public static class Calculation { public static int Run() => 1; }

[AttributeUsage(AttributeTargets.All)]
public sealed class MarkAttribute : Attribute;
