using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using OmniIoT.Gateway.Hosting;

namespace OmniIoT.Gateway.Listening;

/// <summary>
/// The certificate of the TLS listener, read anew when its files have changed, so that a renewed one needs no restart. New
/// connections get the new one; a file that cannot be read leaves the old one in use and is told in the log.
/// </summary>
public sealed class ServerCertificate
{
    /// <summary>How often files are looked at: a renewal is in use within it, and a flood of handshakes costs no look each.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly string _certificatePath;
    private readonly string? _keyPath;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private SslStreamCertificateContext _context;
    private (DateTime, DateTime?) _seen;
    private long _lookedAt;

    /// <param name="certificatePath">A PEM file: the certificate, perhaps with its chain behind it.</param>
    /// <param name="keyPath">A PEM file; null: the key stands in the certificate's file.</param>
    /// <exception cref="CryptographicException">The files hold no certificate with its key.</exception>
    public ServerCertificate(string certificatePath, string? keyPath, TimeProvider time)
    {
        (_certificatePath, _keyPath, _time) = (certificatePath, keyPath, time);
        _seen = LastWrites();
        _lookedAt = time.GetTimestamp();
        _context = Read();
    }

    /// <summary>The certificate and its chain, as a handshake needs them.</summary>
    public SslStreamCertificateContext Current(ILogger logger)
    {
        lock (_lock)
        {
            if (_time.GetElapsedTime(_lookedAt) < LookEvery)
                return _context;
            _lookedAt = _time.GetTimestamp();
            try
            {
                (DateTime, DateTime?) now = LastWrites();
                if (now == _seen)
                    return _context;
                _seen = now;
                _context = Read();
                Log.CertificateRenewed(logger, _context.TargetCertificate.Subject, _context.TargetCertificate.NotAfter.ToUniversalTime());
            }
            catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
            {
                Log.CertificateNotRead(logger, _certificatePath, error.Message);
            }
            return _context;
        }
    }

    private (DateTime Certificate, DateTime? Key) LastWrites() =>
        (File.GetLastWriteTimeUtc(_certificatePath), _keyPath is null ? null : File.GetLastWriteTimeUtc(_keyPath));

    private SslStreamCertificateContext Read()
    {
        using X509Certificate2 read = X509Certificate2.CreateFromPemFile(_certificatePath, _keyPath);
        X509Certificate2Collection chain = [];
        chain.ImportFromPemFile(_certificatePath);
        return SslStreamCertificateContext.Create(new X509Certificate2(read), chain, offline: true);
    }
}
