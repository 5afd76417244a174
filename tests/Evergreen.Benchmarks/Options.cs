using System.Globalization;

namespace Evergreen.Benchmarks;

/// <summary>What was asked for on the command line.</summary>
internal sealed record Options(string Command)
{
    public const string Usage = """
        all | intake | import | run | statements | site
          --members 10000,100000   how many, smallest first; 10000 without it
          --database sqlite        or postgresql:Host=…;Username=… where databases may be created
          --rounds N               Evergreen and the plain program in turns, the middle time counts; 3 to 20,000 members, else 1
          --seconds N              how long the site is driven with each kind of request; 20 without it
          --no-limits              verify the results, not the ratios
          --json FILE              the figures as JSON too
          --folder FOLDER          where to work; the folder for temporary files without it
        """;

    public IReadOnlyList<int> Members { get; init; } = [10_000];
    public string Database { get; init; } = "sqlite";
    public int? Rounds { get; init; }
    public int Seconds { get; init; } = 20;
    public bool Limits { get; init; } = true;
    public string? JsonPath { get; init; }
    public string WorkFolder { get; init; } = Path.GetTempPath();

    /// <summary>The site is driven only where it is named: it needs <c>wrk</c> and a machine with nothing else to do.</summary>
    public bool Serves => Command == "site";
    public bool Intakes => Command is "all" or "intake";
    public bool Year => Imports || Runs || Statements;
    public bool Imports => Command is "all" or "import";
    public bool Runs => Command is "all" or "run";
    public bool Statements => Command is "all" or "statements";

    public int RoundsAt(int members) => Rounds ?? (members <= 20_000 && Limits ? 3 : 1);

    /// <exception cref="FormatException">Not what <see cref="Usage"/> says.</exception>
    public static Options Parse(string[] arguments)
    {
        if (arguments is not ["all" or "intake" or "import" or "run" or "statements" or "site", ..]) throw new FormatException(Usage);
        var options = new Options(arguments[0]);
        for (var i = 1; i < arguments.Length; i++)
        {
            options = arguments[i] switch
            {
                "--members" => options with { Members = [.. Value().Split(',').Select(Number).Order()] },
                "--database" => options with { Database = Value() },
                "--rounds" => options with { Rounds = Number(Value()) },
                "--seconds" => options with { Seconds = Number(Value()) },
                "--no-limits" => options with { Limits = false },
                "--json" => options with { JsonPath = Value() },
                "--folder" => options with { WorkFolder = Value() },
                _ => throw new FormatException(Usage),
            };
            string Value() => ++i < arguments.Length ? arguments[i] : throw new FormatException(Usage);
        }
        return options;
    }

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : throw new FormatException(Usage);
}
