using System.Text;
using OmniIoT.Domain;
using OmniIoT.Ports.Security;

namespace OmniIoT.Channels.Tests;

public sealed class SecretSealerTests
{
    private const string Secret = "-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-__j8";

    private static readonly EntityId Press = EntityId.Device("press-7");

    private readonly SecretSealer _sealer = new([.. Enumerable.Range(0, SecretSealer.KeyBytes).Select(i => (byte)i)]);

    [Fact]
    public void A_sealed_secret_opens_again_and_shows_nothing_of_itself()
    {
        byte[] first = _sealer.Seal(Press, Secret);
        byte[] second = _sealer.Seal(Press, Secret);

        Assert.Equal((Secret, Secret), (_sealer.Open(Press, first), _sealer.Open(Press, second)));
        Assert.NotEqual(first, second);
        Assert.DoesNotContain(Secret[..8], Encoding.Latin1.GetString(first), StringComparison.Ordinal);
    }

    [Fact]
    public void It_opens_with_its_own_key_for_its_own_principal_only()
    {
        byte[] kept = _sealer.Seal(Press, Secret);

        Assert.Null(new SecretSealer(new byte[SecretSealer.KeyBytes]).Open(Press, kept));
        Assert.Null(_sealer.Open(EntityId.Device("press-8"), kept));
        Assert.Null(_sealer.Open(EntityId.Customer("press-7"), kept));
    }

    [Fact]
    public void What_was_damaged_does_not_open()
    {
        byte[] kept = _sealer.Seal(Press, Secret);

        for (int i = 0; i < kept.Length; i++)
        {
            byte[] damaged = [.. kept];
            damaged[i] ^= 1;
            Assert.Null(_sealer.Open(Press, damaged));
        }
        Assert.Null(_sealer.Open(Press, kept[..20]));
        Assert.Null(_sealer.Open(Press, []));
    }
}
