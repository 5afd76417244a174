using Evergreen.Application.Access;
using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Web.Access.Links;
using Evergreen.Web.Access.Unsubscribe;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Evergreen.Web.Access;

/// <summary>Getting in: accounts, sessions and what they may do.</summary>
public static class AccessRegistration
{
    /// <summary>The one way a request says who it is from.</summary>
    public const string Scheme = "evergreen";

    /// <summary>Registers sign-in (cookie, sessions, second factors, passkeys) and <c>MayDo</c>. Needs <c>Books</c> and <c>TimeProvider</c> to be registered.</summary>
    /// <param name="demo">Whether the site is started as a demo: demo accounts may enter, and money functions let them through without a second factor.</param>
    /// <param name="plainHttp">Whether the site is served over http on this machine alone: the cookie then goes without <c>__Host-</c> and <c>Secure</c>.</param>
    public static IServiceCollection AddEvergreenAccess(this IServiceCollection services, bool demo = false, bool plainHttp = false)
    {
        services.AddSingleton(provider => new AccessMode(demo, provider.GetRequiredService<Books>()));
        services.AddSingleton(provider => new SealingKeys(() => KeyFile.Of(provider.GetRequiredService<Books>().Address)));
        foreach (var verb in Verbs) services.AddScoped(verb);
        services.AddScoped<Door>();
        services.AddScoped<FirstFactor>();
        services.AddSingleton<MailLinkBell>();
        services.AddSingleton<UnsubscribeLink>();
        services.AddScoped<PassingCookie>();
        services.AddScoped<PasskeyDesk>();
        services.AddScoped<AddressMail>();
        AddSessions(services, plainHttp);
        AddPasskeys(services);
        AddSealedKeys(services);
        return services;
    }

    private static readonly Type[] Verbs =
    [
        typeof(MayDo), typeof(EnterWithPassword), typeof(EnterWithCode), typeof(EnterWithPasskey), typeof(StartSession), typeof(KeepSession), typeof(EndSessions), typeof(ListSessions),
        typeof(MakeAuthenticator), typeof(ConfirmAuthenticator), typeof(RemoveAuthenticator), typeof(MakeRecoveryCodes), typeof(ChangePassword), typeof(AddPasskey), typeof(RemovePasskey), typeof(MyAccess),
        typeof(InvitePerson), typeof(WithdrawInvitation), typeof(FindInvitation), typeof(AcceptInvitation), typeof(ForgottenPassword), typeof(GrantRole), typeof(GrantRoleByMail), typeof(WithdrawRole), typeof(DisablePerson), typeof(ListPeople),
        typeof(PrepareSetUp), typeof(SetUpHouse), typeof(SetMailServer), typeof(AskForMailLink), typeof(AnswerMailLinks), typeof(EnterWithMailLink), typeof(MakeAddressLink), typeof(ConfirmAddress), typeof(ChoosePassword), typeof(FindMemberInvitation), typeof(AcceptMembership),
        typeof(SeatDemoStaff), typeof(SeatDemoMembers), typeof(RecordDenial),
    ];

    private static void AddSessions(IServiceCollection services, bool plainHttp)
    {
        services.AddScoped<SessionCookie>();
        services.AddAuthentication(Scheme).AddCookie(Scheme, cookie =>
        {
            cookie.Cookie.Name = plainHttp ? "evergreen" : "__Host-evergreen";
            cookie.Cookie.SecurePolicy = plainHttp ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.Path = "/";
            cookie.Cookie.IsEssential = true;
            // The session in the database decides; the cookie only never outlives it.
            cookie.ExpireTimeSpan = SignInSession.Longest;
            cookie.SlidingExpiration = false;
            cookie.LoginPath = "/sign-in";
            cookie.LogoutPath = "/sign-out";
            cookie.ReturnUrlParameter = "returnUrl";
            cookie.EventsType = typeof(SessionCookie);
        });
    }

    /// <summary>Identity verifies passkeys, reading them through its own store; what is written goes through our verbs.</summary>
    private static void AddPasskeys(IServiceCollection services)
    {
        services.AddScoped(provider => provider.GetRequiredService<Books>().OpenForStores());
        services.AddIdentityCore<SignIn>();
        services.AddScoped<IUserStore<SignIn>, UserOnlyStore<SignIn, EvergreenDb, int, IdentityUserClaim<int>, IdentityUserLogin<int>, IdentityUserToken<int>, IdentityUserPasskey<int>>>();
        services.AddScoped<IPasskeyHandler<SignIn>, PasskeyHandler<SignIn>>();
        services.Configure<IdentityPasskeyOptions>(passkey =>
        {
            // Asked for a finger, a face or a PIN each time: only so is a passkey two factors.
            passkey.UserVerificationRequirement = "required";
            passkey.ResidentKeyRequirement = "required";
        });
    }

    /// <summary>The keys of cookies and forms are kept in the books, sealed.</summary>
    private static void AddSealedKeys(IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("evergreen");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(keys => keys.XmlRepository = new SealedKeyRepository(provider.GetRequiredService<Books>(), provider.GetRequiredService<SealingKeys>())));
        // Keys are read when the first is needed, not at the start: a site whose books are not there yet must still be able to say so.
        foreach (var early in services.Where(service => service.ImplementationType?.Name == "DataProtectionHostedService").ToList()) services.Remove(early);
    }
}
