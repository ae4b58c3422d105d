using OmniIoT.Devices.Time;
using OmniIoT.Ports.Security;

namespace OmniIoT.Channels.Tests;

public sealed class SignedTokenTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, SignedToken.KeyBytes).Select(i => (byte)i)];
    private static readonly TokenClaim Claim = new("visitor", "c1:x.y", new Instant(1_795_000_000_000));

    [Fact]
    public void What_was_signed_is_read_and_genuine()
    {
        string token = SignedToken.Create(Key, Claim, "context");

        Assert.Equal(Claim, SignedToken.Read(token));
        Assert.True(SignedToken.IsGenuine(Key, token, "context"));
    }

    [Fact]
    public void Another_key_context_or_subject_is_no_longer_genuine()
    {
        string token = SignedToken.Create(Key, Claim, "context");
        string forged = string.Join('.', ["visitor", "Yzk", .. token.Split('.')[2..]]);

        Assert.False(SignedToken.IsGenuine(new byte[SignedToken.KeyBytes], token, "context"));
        Assert.False(SignedToken.IsGenuine(Key, token, "other"));
        Assert.False(SignedToken.IsGenuine(Key, forged, "context"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b.c")]
    [InlineData("visitor.!!.1.AAAA")]
    [InlineData("visitor.YQ.x.AAAA")]
    public void What_has_not_the_form_is_no_token(string text) => Assert.Null(SignedToken.Read(text));
}
