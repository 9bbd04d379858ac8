/// System calls that Swift cannot make by itself: descriptor passing, starting a process, confinement.
#ifndef CSYSTEM_H
#define CSYSTEM_H
#endif
