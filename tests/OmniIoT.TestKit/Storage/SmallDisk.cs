using System.Diagnostics;
using Xunit;

namespace OmniIoT.TestKit.Storage;

/// <summary>
/// A file system of a few megabytes in memory, which really gets full. Mounting one takes Linux and its administrator's rights.
/// </summary>
public sealed class SmallDisk : IDisposable
{
    private const string Filler = "filler";

    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    /// <summary>Mounts one; skips the test where that is not allowed.</summary>
    public static SmallDisk MountOrSkip(int mebibytes)
    {
        string path = Directory.CreateTempSubdirectory("omniiot-disk-").FullName;
        bool mounted = OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", $"size={mebibytes}m", "tmpfs", path);
        if (!mounted)
            Directory.Delete(path);
        Assert.SkipUnless(mounted, "No small file system can be mounted here: it takes Linux and the right to mount.");
        return new SmallDisk(path);
    }

    /// <summary>Fills it with a file of its own.</summary>
    /// <param name="left">Bytes that stay free.</param>
    public void Fill(int left = 0)
    {
        using FileStream file = File.Create(System.IO.Path.Combine(Path, Filler), bufferSize: 1);
        byte[] page = new byte[4096];
        try
        {
            while (true)
                file.Write(page);
        }
        catch (IOException)
        {
            // Full is what it was to become.
            file.SetLength(file.Length - left);
        }
    }

    /// <summary>Makes room again.</summary>
    public void Free() => File.Delete(System.IO.Path.Combine(Path, Filler));

    /// <summary>Forbids writing; no file on it may be open.</summary>
    public void MakeReadOnly() => Assert.True(Run("mount", "-o", "remount,ro", Path), "The file system could not be made read-only.");

    public void Dispose()
    {
        Run("umount", "-l", Path);
        Directory.Delete(Path);
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
