using Evergreen.House.Tests.Planted.Street.Dividends;

namespace Evergreen.House.Tests.Planted.Street.Members;

public sealed class Allowed
{
    public Arithmetic.Number? Number { get; set; }
    public Storage.Drawer? Drawer { get; set; }
}

public static class UsesInABody { public static int Run() { var pool = new Pool(); return pool.Size; } }

public static class UsesAStaticMember { public static int Run() => Calculation.Run(); }

public sealed class UsesAsAField { public Pool? Pool; }

public sealed class UsesAsATypeArgument { public Dictionary<int, List<Pool>> Pools { get; } = []; }

public static class UsesInALambda { public static int Run(int[] sizes) => sizes.Sum(s => new Pool { Size = s }.Size); }

public static class UsesInAnAsyncMethod
{
    public static async Task<int> Run() { await Task.Yield(); return new Pool().Size; }
}

public static class UsesInAnIterator
{
    public static IEnumerable<int> Run() { yield return new Pool().Size; }
}

[Mark]
public static class UsesAsAnAttribute;

public static class UsesInTypeOf { public static object Run() => typeof(Pool); }

public static class UsesFromTheRoot { public static int Run() => Root.Answer(); }
