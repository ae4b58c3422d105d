using System.Text;
using OmniIoT.Ports.Telemetry;
using OmniIoT.Telemetry.Influx.Points;

namespace OmniIoT.Telemetry.Influx.Writing;

/// <summary>Gathers readings and sends them whenever there are enough for one request.</summary>
internal sealed class LineBatch(LineSender sender)
{
    /// <summary>What InfluxData advises for a request.</summary>
    public const int MaximumLines = 5_000;

    /// <summary>Lines may be long: a request of so much is sent before it has <see cref="MaximumLines"/>.</summary>
    public const int MaximumCharacters = 1024 * 1024;

    private readonly StringBuilder _lines = new();
    private int _count;

    public ValueTask AddAsync(string series, in Reading reading, CancellationToken cancellationToken)
    {
        LineProtocol.Append(_lines, series, reading);
        return ++_count >= MaximumLines || _lines.Length >= MaximumCharacters ? FlushAsync(cancellationToken) : default;
    }

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_count == 0)
            return;
        await sender.SendAsync(_lines.ToString(), cancellationToken);
        _lines.Clear();
        _count = 0;
    }
}
