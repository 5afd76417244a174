namespace Evergreen.House.Tests.Planted.Street;

public static class Root { public static int Answer() => 1; }
