using Evergreen.Web.Tests.Api;
using Evergreen.Web.Tests.Api.Connect;
using Evergreen.Web.Tests.Cli;

namespace Evergreen.Web.Tests.Pages.Proofs;

/// <summary>The routes that change something and to which no form leads that could be sent like the others, each with its reason and the tests that send it more than once in its own way.</summary>
internal static class NotSent
{
    /// <param name="HasForm">Whether a page holds a form for it, with a button that could be pressed twice.</param>
    /// <param name="Tests">What shows that it does its work once, or none.</param>
    public sealed record Reason(string Words, bool HasForm, params string[] Tests);

    private const string Many = nameof(PostingTests.FiveHundredPostsOfOneKeyAtOnceMakeOneEntryAndTheSameAnswer), Described = nameof(ApiDescriptionTests.EveryOperationSaysTooLargeAndDifferentInTheFormThatIsDescribed);

    public static readonly IReadOnlyDictionary<string, Reason> Because = new Dictionary<string, Reason>(StringComparer.Ordinal)
    {
        ["/account/files"] = Browser(), ["/help/keys"] = Browser(),
        ["/account/passkey"] = Key(nameof(WaysInTests.PasskeyIsMadeAtTheFirstVisitAndOpensTheAccountFromThenOn)), ["/account/passkey/options"] = Key(nameof(WaysInTests.PasskeyIsMadeAtTheFirstVisitAndOpensTheAccountFromThenOn)),
        ["/sign-in/passkey"] = Key(nameof(WaysInTests.PasskeyIsMadeAtTheFirstVisitAndOpensTheAccountFromThenOn)), ["/sign-in/passkey/options"] = Key(nameof(WaysInTests.PasskeyIsMadeAtTheFirstVisitAndOpensTheAccountFromThenOn)),
        ["/account/passkey/remove"] = new("its owner has to show the passkey at the next sign-in, which no test of all forms can", true, nameof(DoorsSentTwiceTests.APasskeyIsRemovedOnce)),
        ["/api/v1/hours"] = Programs(Described, nameof(PostingTests.HoursAreTakenByDayOrByPayPeriod)), ["/api/v1/hours/batch"] = Programs(Described, nameof(ClientTests.PayrollSendsTheHoursOfAPeriodTwiceAndTheyCountOnce)),
        ["/api/v1/purchases"] = Programs(Many, nameof(PostingTests.AReceiptIsTheKeyOfItsPurchase)), ["/api/v1/purchases/batch"] = Programs(Described, nameof(ClientTests.ATillThatIsKilledInTheMiddleLosesNothingAndDoublesNothing)),
        ["/connect/authorize"] = Door(nameof(DoorsSentTwiceTests.AnAppIsLetInOnce)), ["/connect/end-session"] = Door(nameof(DoorsSentTwiceTests.WhoeverSignsOutManyTimesEndsOneSession)),
        ["/connect/token"] = Protocol(nameof(ProtocolTests.CodeOrRefreshTokenUsedByManyAtOnceIsGoodForOneAtMostAndThenForNobody)), ["/connect/userinfo"] = Protocol(nameof(DoorsSentTwiceTests.WhatAnAppLearnsOfAPersonIsReadAlone)),
        ["/invitation"] = Door(nameof(DoorsSentTwiceTests.AnInvitationMakesOneAccount)),
        ["/set-up"] = Door(nameof(DoorsSentTwiceTests.TheHouseIsSetUpOnce)), ["/set-up/co-op"] = Door(nameof(DoorsSentTwiceTests.TheHouseIsSetUpOnce)), ["/set-up/you"] = Door(nameof(DoorsSentTwiceTests.TheHouseIsSetUpOnce)),
        ["/sign-in"] = Door(nameof(DoorsSentTwiceTests.EachWindowOpensOneSession)), ["/sign-in/code"] = Door(nameof(DoorsSentTwiceTests.ACodeOpensOneSession)),
        ["/sign-in/by-mail"] = Door(nameof(DoorsSentTwiceTests.AMailedLinkOpensOneSession)), ["/sign-in/link"] = Door(nameof(DoorsSentTwiceTests.AMailedLinkOpensOneSession)),
        ["/sign-in/forgotten"] = Door(nameof(DoorsSentTwiceTests.AForgottenPasswordIsChosenOnce)), ["/sign-in/new-password"] = Door(nameof(DoorsSentTwiceTests.AForgottenPasswordIsChosenOnce)),
        ["/sign-out"] = Door(nameof(DoorsSentTwiceTests.WhoeverSignsOutManyTimesEndsOneSession)),
        ["/welcome"] = Door(nameof(DoorsSentTwiceTests.AMemberComesInWithOneAccount)), ["/welcome/account"] = Door(nameof(DoorsSentTwiceTests.AMemberComesInWithOneAccount)), ["/welcome/link"] = Door(nameof(DoorsSentTwiceTests.AMembershipIsAddedToAnAccountOnce)),
        ["/office/{coop}/settings/mail/server"] = new("is not there where the way for mail was given when the program was started, as it is here", true, nameof(DoorsSentTwiceTests.TheHouseIsSetUpOnce), nameof(ServeTests.AnEmptyFolderLeadsToASignedInAdministratorInFiveScreens)),
    };

    /// <summary>Every route that changes something.</summary>
    public static IReadOnlyList<string> Of(Routes routes) => [.. routes.All.Where(route => route.Method is "POST" or "PUT" or "PATCH" or "DELETE").Select(route => route.Pattern).Distinct().Order(StringComparer.Ordinal)];

    private static Reason Door(params string[] tests) => new("lets people in and out: whoever sends it is somebody else afterwards", true, tests);

    private static Reason Browser() => new("changes nothing but a cookie of this browser", true, nameof(DoorsSentTwiceTests.WhatIsKeptInACookieWritesNothing));

    private static Reason Key(params string[] tests) => new("needs a key or a finger at hand", false, tests);

    private static Reason Protocol(params string[] tests) => new("between programs, after OAuth: no form of a page", false, tests);

    private static Reason Programs(params string[] tests) => new("the programming interface, whose callers send no form", false, tests);
}
