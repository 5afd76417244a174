using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>Why a verb about members says no.</summary>
public static class Refusals
{
    public static Refusal Unknown(string number) => new("member-unknown", $"There is no member '{number}'.");
    public static Refusal NoMailAddress(string number) => new("delivery-without-address", $"Member {number} has no mail address, so papers cannot be announced by mail. Enter the address first.");
    public static Refusal Deceased(string number, DateOnly on) => new("member-deceased", $"Member {number} died on {on:yyyy-MM-dd}; nothing after that day can be recorded but what concerns the estate.");
    public static Refusal NotYetMember(string number, DateOnly on) => new("member-not-yet", $"Member {number} was no member yet on {on:yyyy-MM-dd}. Record the joining first.");
    public static Refusal ClassUnknown(string code) => new("class-unknown", $"There is no class '{code}'. Create it with --create, or choose one that is there.");
    public static Refusal ClassHeld(string number, string code, bool held) => new("class-unchanged", held ? $"Member {number} belongs to '{code}' on that day already." : $"Member {number} does not belong to '{code}' on that day.");
    public static Refusal NoConsent(string number, ConsentKind kind) => new("consent-missing", $"Member {number} has given no {(kind == ConsentKind.Bylaw ? "bylaw" : "written")} consent that could end.");
}
