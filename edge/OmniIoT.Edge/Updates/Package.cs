using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace OmniIoT.Edge.Updates;

/// <summary>A package: a gzipped tar with the agent at its root. What is not signed, or would leave its folder, is refused whole.</summary>
internal static class Package
{
    private const long MostUnpackedBytes = 1024L * 1024 * 1024;
    private const int MostEntries = 20_000;
    private const int CopyBytes = 81_920;

    // What may be set of a file's mode: no set-user-id from a package.
    private const UnixFileMode Modes = (UnixFileMode)0b111_111_111;

    /// <summary>Fetches it; what is there already of it is written over.</summary>
    /// <exception cref="HttpRequestException">It cannot be had.</exception>
    /// <exception cref="InvalidDataException">It has another size.</exception>
    public static async Task FetchAsync(HttpClient http, Firmware firmware, string path, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await http.GetAsync(firmware.Url, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        await using Stream source = await response.Content.ReadAsStreamAsync(cancellationToken);
        await using FileStream target = new(path, FileMode.Create, FileAccess.Write);
        byte[] buffer = new byte[CopyBytes];
        for (int read; (read = await ReadAsync(source, buffer, cancellationToken)) > 0; )
        {
            if (target.Length + read > firmware.Size)
                throw new InvalidDataException("the package is larger than it should be");
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
        if (target.Length != firmware.Size)
            throw new HttpRequestException("the package came to an end too early");
        target.Flush(flushToDisk: true);
    }

    // A connection that breaks is no trouble of this machine's disk, and passes.
    private static async Task<int> ReadAsync(Stream source, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await source.ReadAsync(buffer, cancellationToken);
        }
        catch (IOException broken)
        {
            throw new HttpRequestException(broken.Message, broken);
        }
    }

    /// <exception cref="InvalidDataException">It is not the package that was signed.</exception>
    public static void Verify(Firmware firmware, string path, string publicKey)
    {
        using ECDsa key = ECDsa.Create();
        key.ImportFromPem(publicKey);
        using FileStream package = File.OpenRead(path);
        byte[] hash = SHA256.HashData(package);
        if (!hash.AsSpan().SequenceEqual(firmware.Sha256))
            throw new InvalidDataException("the package has another SHA-256");
        if (!key.VerifyHash(hash, firmware.Signature, DSASignatureFormat.Rfc3279DerSequence))
            throw new InvalidDataException("the package's signature is wrong");
    }

    /// <summary>Puts its files into the folder, and nothing else is there then.</summary>
    /// <exception cref="InvalidDataException">It is no such tar, or has what does not belong into one.</exception>
    public static async Task UnpackAsync(string path, string folder, CancellationToken cancellationToken)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        string root = Directory.CreateDirectory(folder).FullName + Path.DirectorySeparatorChar;
        await using FileStream package = File.OpenRead(path);
        await using GZipStream unzipped = new(package, CompressionMode.Decompress);
        await using TarReader tar = new(unzipped);
        (long bytes, int entries) = (0, 0);
        while (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            if (++entries > MostEntries || (bytes += entry.Length) > MostUnpackedBytes)
                throw new InvalidDataException("the package unpacks to too much");
            await PlaceAsync(entry, root, cancellationToken);
        }
    }

    private static async Task PlaceAsync(TarEntry entry, string root, CancellationToken cancellationToken)
    {
        string target = Path.GetFullPath(Path.Combine(root, entry.Name));
        if (target + Path.DirectorySeparatorChar != root && !target.StartsWith(root, StringComparison.Ordinal))
            throw new InvalidDataException("the package has a file outside of its folder");
        switch (entry.EntryType)
        {
            case TarEntryType.Directory:
                Directory.CreateDirectory(target);
                break;
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile:
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                await entry.ExtractToFileAsync(target, overwrite: false, cancellationToken);
                if (!OperatingSystem.IsWindows())
                    File.SetUnixFileMode(target, (entry.Mode & Modes) | UnixFileMode.UserRead);
                break;
            case TarEntryType.GlobalExtendedAttributes or TarEntryType.ExtendedAttributes:
                break;
            default:
                throw new InvalidDataException("the package has something that is neither a file nor a folder");
        }
    }
}
