using Evergreen.Application.Dividends;
using Evergreen.Application.Equity;
using Evergreen.Application.Members;
using Evergreen.Application.Patronage;
using Evergreen.Application.Statements;
using Evergreen.Web.Api.Reference;
using Evergreen.Web.Api.Wire;

namespace Evergreen.Web.Api;

/// <summary>The API for tills, payroll and other programs.</summary>
public static class ApiRegistration
{
    public static IServiceCollection AddEvergreenApi(this IServiceCollection services)
    {
        // These keep the calls that wait, and the counts: one of each for the whole program.
        services.AddSingleton<RecordPurchases>();
        services.AddSingleton<RecordHours>();
        services.AddSingleton<CallRate>();
        services.AddSingleton<WrongCalls>();
        foreach (var verb in Verbs) services.AddScoped(verb);
        return services.AddApiDescription();
    }

    private static readonly Type[] Verbs = [typeof(MembersByNumber), typeof(EquityByMember), typeof(RunsByYear), typeof(PatronageById), typeof(StatementsByRun), typeof(StatementCopyPdf), typeof(FindSeat), typeof(MemberPatronage), typeof(ExplainDividend)];
}
