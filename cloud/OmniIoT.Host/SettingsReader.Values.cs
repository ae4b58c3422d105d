using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Npgsql;
using OmniIoT.Devices;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Gateway.Listening;

namespace OmniIoT.Host;

// The kinds of values that settings have. What is not set is null; so is what is wrong, once it was noted.
internal sealed partial class SettingsReader
{
    private string? Text(string name)
    {
        _known.Add($"{Root}:{name}");
        string? value = _configuration[$"{Root}:{name}"];
        return string.IsNullOrWhiteSpace(value) ? null : value;
    }

    private string? Key(string name) =>
        Text(name) is not { } key || !key.Any(char.IsWhiteSpace) ? Text(name) : Wrong<string>(name, "***", "a key without blanks");

    private int? Port(string name) => Whole(name, 0, ushort.MaxValue);

    private int? Whole(string name, int least, int most)
    {
        if (Text(name) is not { } text)
            return null;
        return
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            && value >= least
            && value <= most
            ? value
            : Wrong<int?>(name, text, $"a whole number from {least} to {most}");
    }

    private bool? Flag(string name)
    {
        if (Text(name) is not { } text)
            return null;
        return bool.TryParse(text, out bool value) ? value : Wrong<bool?>(name, text, "true or false");
    }

    private string? Id(string name) =>
        Text(name) is not { } id || Identifier.IsValid(id) ? Text(name) : Wrong<string>(name, id, Identifier.Allowed);

    private Uri? Url(string key, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https")
            return url;
        _wrong.Add(new WrongSetting(key, text, "a URL such as http://127.0.0.1:4318"));
        return null;
    }

    private IPAddress? Address(string name) =>
        Text(name) switch
        {
            null => null,
            "localhost" => IPAddress.Loopback,
            "*" => IPAddress.Any,
            var text => IPAddress.TryParse(text, out IPAddress? address)
                ? address
                : Wrong<IPAddress>(name, text, "an IP address, such as 127.0.0.1 or 0.0.0.0"),
        };

    private TrustedProxies? Networks(string name)
    {
        if (Text(name) is not { } text)
            return null;
        List<System.Net.IPNetwork> networks = [];
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (System.Net.IPNetwork.TryParse(part, out System.Net.IPNetwork network))
                networks.Add(network);
            else if (IPAddress.TryParse(part, out IPAddress? address))
                networks.Add(new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8));
            else
                Wrong(name, text, "addresses and networks with commas between them, such as 10.0.0.5,10.1.0.0/16");
        }
        return new TrustedProxies(networks);
    }

    /// <summary>Empty when it is not set.</summary>
    private PageOrigin[] Origins(string name)
    {
        if (Text(name) is not { } text)
            return [];
        PageOrigin?[] origins =
        [
            .. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(PageOrigin.TryParse),
        ];
        if (!origins.Contains(null))
            return origins!;
        Wrong(name, text, "origins with commas between them, such as https://app.example,https://shop.example");
        return [];
    }

    /// <summary>In their order; empty when it is not set.</summary>
    private IReadOnlyList<KeyValuePair<string, string>> Pairs(string name)
    {
        if (Text(name) is not { } text)
            return [];
        string[][] parts =
        [
            .. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(part => part.Split('=', 2, StringSplitOptions.TrimEntries)),
        ];
        if (parts.All(part => part is [{ Length: > 0 }, { } id] && Identifier.IsValid(id)))
            return [.. parts.Select(part => KeyValuePair.Create(part[0], part[1]))];
        Wrong(name, text, "values and roles with commas between them, such as staff=agent,bosses=supervisor");
        return [];
    }

    private string? ExistingFile(string name) =>
        Text(name) is not { } path || File.Exists(path) ? Text(name) : Wrong<string>(name, path, "the path of a PEM file that exists");

    private X509Certificate2Collection? Certificates(string name)
    {
        if (ExistingFile(name) is not { } path)
            return null;
        X509Certificate2Collection certificates = [];
        try
        {
            certificates.ImportFromPemFile(path);
        }
        catch (CryptographicException)
        {
            return Wrong<X509Certificate2Collection>(name, path, "a PEM file of certificates");
        }
        return certificates.Count > 0
            ? certificates
            : Wrong<X509Certificate2Collection>(name, path, "a PEM file of certificates, and it holds none");
    }

    private TimeSpan? Span(string name, TimeSpan least, TimeSpan most)
    {
        if (Span(name) is not { } span)
            return null;
        return span >= least && span <= most ? span : Wrong<TimeSpan?>(name, Text(name)!, $"{Duration.Allowed}, from {least} to {most}");
    }

    private TimeSpan? Span(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (Duration.TryParse(text, out TimeSpan duration))
            return duration;
        return
            text.Contains(':', StringComparison.Ordinal)
            && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan span)
            && span > TimeSpan.Zero
            ? span
            : Wrong<TimeSpan?>(name, text, $"{Duration.Allowed}, or hh:mm:ss");
    }

    /// <summary>Empty means none, missing means the default.</summary>
    private DailyWindow? QuietHours(string name, DailyWindow? missing)
    {
        if (Text(name) is not { } text)
            return _configuration[$"{Root}:{name}"] is null ? missing : null;
        return DailyWindow.TryParse(text, out DailyWindow window)
            ? window
            : Wrong<DailyWindow?>(name, text, "hours such as 21:00-09:00, or nothing for none");
    }

    private Uri? WebAddress(string name)
    {
        if (Text(name) is not { } text)
            return null;
        return
            Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? address
            : Wrong<Uri>(name, text, "an address such as http://influx:8086");
    }

    private string? ConnectionString(string name)
    {
        if (Text(name) is not { } text)
            return null;
        try
        {
            return new NpgsqlConnectionStringBuilder(text) is { Host.Length: > 0 }
                ? text
                : Wrong<string>(name, "***", "a connection string that names a host");
        }
        catch (ArgumentException error)
        {
            return Wrong<string>(
                name,
                "***",
                $"a connection string such as Host=db;Username=omniiot;Password=…;Database=omniiot ({error.Message.TrimEnd('.')})"
            );
        }
    }

    private byte[]? Bytes(string name, int count)
    {
        if (Text(name) is not { } text)
            return null;
        byte[] bytes = new byte[count];
        return Convert.TryFromBase64String(text, bytes, out int written) && written == count
            ? bytes
            : Wrong<byte[]>(name, "***", $"{count} bytes in base64");
    }

    /// <summary>Notes a mistake; what it stands for is as if it were not set.</summary>
    private T? Wrong<T>(string name, string value, string allowed)
    {
        Wrong(name, value, allowed);
        return default;
    }

    private void Wrong(string name, string value, string allowed) => _wrong.Add(new WrongSetting($"{Root}:{name}", value, allowed));
}
