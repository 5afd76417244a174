using Evergreen.Domain.Arithmetic;

namespace Evergreen.Domain.Network;

/// <summary>The first three rounds of money in an area (LM3): what came in, what of it was spent locally, what of that was spent locally again.</summary>
/// <param name="Income">First round, above zero.</param>
/// <param name="SpentLocally">Second round.</param>
/// <param name="RespentLocally">Third round.</param>
public sealed record LocalMultiplier(Money Income, Money SpentLocally, Money RespentLocally)
{
    /// <summary>The three rounds over the first: from 1 (all leaks at once) to 3 (nothing does), exact.</summary>
    /// <exception cref="DivideByZeroException">There was no income.</exception>
    public Ratio Lm3 => new((Income + SpentLocally + RespentLocally).Cents, Income.Cents);

    /// <summary>Each round is the local share of the one before, to the nearest cent, halves up.</summary>
    /// <param name="income">The first round.</param>
    /// <param name="localShare">From 0 to 1.</param>
    /// <param name="count">Rounds wanted, the first included.</param>
    public static IReadOnlyList<Money> Rounds(Money income, Ratio localShare, int count)
    {
        var rounds = new List<Money>(count);
        for (var round = income; rounds.Count < count; round = localShare.DivideHalfUp(round)) rounds.Add(round);
        return rounds;
    }

    /// <summary>The unweighted mean of what respondents say they spend locally, exact.</summary>
    /// <exception cref="DivideByZeroException">Nobody answered.</exception>
    public static Ratio Mean(IReadOnlyCollection<Ratio> answers) =>
        answers.Aggregate(Ratio.Zero, (sum, answer) => sum + answer) / new Ratio(answers.Count, 1);

    /// <summary>The mean weighted by what was paid to each respondent, exact.</summary>
    /// <exception cref="DivideByZeroException">Nothing was paid.</exception>
    public static Ratio WeightedMean(IReadOnlyCollection<(Ratio Answer, Money Paid)> answers) =>
        answers.Aggregate(Ratio.Zero, (sum, answer) => sum + answer.Answer * new Ratio(answer.Paid.Cents, 1)) / new Ratio(answers.Sum(answer => answer.Paid).Cents, 1);

    /// <summary>The third round by survey: the mean share of the respondents times what was paid to them all, to the nearest cent.</summary>
    public static Money ThirdRound(Ratio meanShare, Money paid) => meanShare.DivideHalfUp(paid);
}
