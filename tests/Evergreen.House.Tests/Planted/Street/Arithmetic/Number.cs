namespace Evergreen.House.Tests.Planted.Street.Arithmetic;

public sealed record Number(long Value);
