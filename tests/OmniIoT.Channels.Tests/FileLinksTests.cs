using Microsoft.Extensions.Time.Testing;
using OmniIoT.Channels.Tests.Adapters;
using OmniIoT.Ports;
using OmniIoT.Ports.Security;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Channels.Tests;

public sealed class FileLinksTests
{
    private readonly FakeTimeProvider _time = FakeTime.AtNoon();

    [Fact]
    public async Task A_link_leads_to_its_file_until_its_time_is_over()
    {
        FileLinks links = new(new SignedLinks(new KeyOfRun().Key, new IdGenerator(_time, new Random(1))));
        string token = await links.CreateAsync("file-1", TestContext.Current.CancellationToken);

        _time.Advance(FileLinks.Lifetime - TimeSpan.FromSeconds(1));
        string? before = await links.FindAsync(token, TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(1));
        string? after = await links.FindAsync(token, TestContext.Current.CancellationToken);

        Assert.Equal(("file-1", null), (before, after));
    }
}
