using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace OmniIoT.TestKit.Hosting;

/// <summary>
/// A file system that can become read-only under the files that are open on it, as the kernel does to a disk with errors, and that
/// tells how much was written to it. Takes Linux, a loop device and its administrator's rights.
/// </summary>
public sealed class FailingDisk : IDisposable
{
    private readonly string _image;

    private FailingDisk(string folder)
    {
        _image = System.IO.Path.Combine(folder, "image");
        Path = Directory.CreateDirectory(System.IO.Path.Combine(folder, "disk")).FullName;
    }

    public string Path { get; }

    /// <summary>
    /// Bytes that reached the disk since it was mounted, those of its journal and its tables among them: the seventh number of
    /// <c>/sys/block/…/stat</c>, in sectors of 512.
    /// </summary>
    public long BytesWritten
    {
        get
        {
            string device = File.ReadLines("/proc/mounts").Last(line => line.Contains($" {Path} ", StringComparison.Ordinal)).Split(' ')[0];
            string statistics = File.ReadAllText($"/sys/block/{System.IO.Path.GetFileName(device)}/stat");
            string sectors = statistics.Split(' ', StringSplitOptions.RemoveEmptyEntries)[6];
            return long.Parse(sectors, CultureInfo.InvariantCulture) * 512;
        }
    }

    /// <summary>Makes and mounts one; skips the test where that is not allowed.</summary>
    /// <param name="hasJournal">As disks usually have. Not when it is to fail: while the kernel aborts a journal, a flush can say yes to
    /// what it then drops (seen in 3 of 8 runs with a journal, in none of 10 without), and no program can know.</param>
    public static FailingDisk MountOrSkip(int mebibytes, bool hasJournal = false)
    {
        FailingDisk disk = new(Directory.CreateTempSubdirectory("omniiot-failing-").FullName);
        bool mounted =
            OperatingSystem.IsLinux()
            && Run("truncate", "-s", $"{mebibytes}M", disk._image)
            && Run(
                "mkfs.ext4",
                "-q",
                "-b",
                "4096",
                "-E",
                "lazy_itable_init=0",
                "-O",
                hasJournal ? "has_journal" : "^has_journal",
                disk._image
            )
            && disk.Mount();
        if (!mounted)
            disk.Dispose();
        Assert.SkipUnless(mounted, "No file system can be mounted from a file here: it takes Linux, a loop device and the right to mount.");
        return disk;
    }

    /// <summary>Every write fails from now on.</summary>
    public void Fail() => Assert.True(Run("mount", "-o", "remount,abort", Path), "The file system could not be made to fail.");

    /// <summary>Puts it in again, well; whoever used it must be gone.</summary>
    public void Repair() => Assert.True(Run("umount", Path) && Mount(), "The file system could not be mounted again.");

    public void Dispose()
    {
        Run("umount", "-l", Path);
        Directory.Delete(System.IO.Path.GetDirectoryName(Path)!, recursive: true);
    }

    private bool Mount() => Run("mount", "-o", "loop,errors=remount-ro", _image, Path);

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(
                new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true }
            )!;
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
