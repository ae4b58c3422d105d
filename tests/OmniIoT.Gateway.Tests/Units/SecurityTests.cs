using OmniIoT.Domain;
using OmniIoT.Gateway.Security;
using OmniIoT.Ports.Security;

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
}
