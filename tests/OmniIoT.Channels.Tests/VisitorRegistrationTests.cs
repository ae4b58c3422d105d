using OmniIoT.Channels.WebChat;

namespace OmniIoT.Channels.Tests;

public sealed class VisitorRegistrationTests
{
    [Theory]
    [InlineData("Aygun", null, null)]
    [InlineData("Aygun", "a@example.org", null)]
    [InlineData(null, null, "c1.secret")]
    public void A_name_or_a_token_is_introduction_enough(string? name, string? email, string? token) =>
        Assert.Null(VisitorRegistration.FindMistake(new VisitorBody(name, email, token)));

    [Theory]
    [InlineData(null, null)]
    [InlineData("  ", "a@example.org")]
    [InlineData("Aygun", "not an address")]
    public void Without_them_the_visitor_is_told_what_is_missing(string? name, string? email) =>
        Assert.NotNull(VisitorRegistration.FindMistake(new VisitorBody(name, email, null)));
}
