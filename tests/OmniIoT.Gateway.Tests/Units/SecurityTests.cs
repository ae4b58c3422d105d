using OmniIoT.Domain;
using OmniIoT.Gateway.Security;
using OmniIoT.Ports.Security;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Gateway.Tests.Units;

public sealed class SecurityTests
{
    [Fact]
    public void A_verified_secret_is_recognised_only_with_the_hash_it_was_verified_against()
    {
        VerifiedSecrets secrets = new();
        EntityId press = EntityId.Device("press-7");
        string first = SecretHasher.Hash("one", iterations: 10);
        string second = SecretHasher.Hash("two", iterations: 10);

        Assert.True(secrets.Verify(press, "one"u8, first));
        Assert.True(secrets.Verify(press, "one"u8, first));
        Assert.False(secrets.Verify(press, "two"u8, first));
        Assert.False(secrets.Verify(press, "one"u8, second));
        Assert.True(secrets.Verify(press, "two"u8, second));
    }

    [Fact]
    public void An_address_is_closed_after_ten_refusals_for_a_minute()
    {
        ManualTime time = new();
        BadSignIns bad = new(10, TimeSpan.FromSeconds(60), time);

        for (int i = 0; i < 9; i++)
            bad.Add("10.0.0.1");
        Assert.False(bad.IsClosed("10.0.0.1"));
        bad.Add("10.0.0.1");
        Assert.True(bad.IsClosed("10.0.0.1"));
        Assert.False(bad.IsClosed("10.0.0.2"));
        time.Advance(TimeSpan.FromSeconds(60));

        Assert.False(bad.IsClosed("10.0.0.1"));
    }
}
